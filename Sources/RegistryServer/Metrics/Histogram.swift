/// How often values were at most so large, and their sum.
struct Histogram {
    let bounds: [Double]
    /// Not cumulative; the last is beyond every bound.
    private(set) var buckets: [Int]
    private(set) var sum = 0.0

    init(_ bounds: [Double]) {
        self.bounds = bounds
        buckets = [Int](repeating: 0, count: bounds.count + 1)
    }

    mutating func record(_ value: Double) {
        buckets[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}

/// What is left of a pool of seats for users who come one after another on one day. The registry is looked at once.
final class SeatRoom {
    private let capacity: SeatCapacity
    private var left: Int?
    private var isLicensed = false

    /// More users than a tenant has seats.
    private static let many = 1_000_000_000

    init(_ capacity: SeatCapacity) {
        self.capacity = capacity
    }

    /// R32: refuses where no seat of the pool gives rights on the day.
    func checkAnyLicensed() throws {
        if isLicensed { return }
        try capacity.checkAnyLicensed()
        isLicensed = true
    }

    /// R32: refuses where no seat is left.
    func check() throws {
        let left = try left ?? Self.many - capacity.overflow(adding: Self.many)
        self.left = left
        guard left > 0 else { throw try capacity.refusal() }
    }

    /// Takes the seat that ``check()`` found.
    func take() {
        left = left.map { $0 - 1 }
    }
}

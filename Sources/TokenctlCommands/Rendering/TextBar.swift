import Registry

/// A bar of a terminal's characters: what is used, what is available, and what is left up to a maximum.
enum TextBar {
    /// What stands behind a bar that is longer than its maximum.
    static let overflow = "!"

    /// - Parameter width: columns of the maximum.
    static func text(used: Int, available: Int, maximum: Int, width: Int) -> String {
        let over = used > maximum
        let full = part(min(used, maximum), of: maximum, width)
        let light = over ? 0 : part(min(used.clampedSum(available), maximum), of: maximum, width) - full
        return String(repeating: "█", count: full) + String(repeating: "▒", count: light)
            + String(repeating: "·", count: width - full - light) + (over ? overflow : "")
    }

    /// Something is never drawn as nothing.
    private static func part(_ quantity: Int, of maximum: Int, _ width: Int) -> Int {
        guard maximum > 0, quantity > 0 else { return 0 }
        return max(1, min(width, Int((Double(quantity) / Double(maximum) * Double(width)).rounded())))
    }
}

/// What is taken of something that is bounded: by all users together, and by each.
struct Shares {
    private(set) var all = 0
    private var byUser: [UInt32: Int] = [:]

    subscript(user: UInt32) -> Int { byUser[user, default: 0] }

    /// Whether there is room for so much more of `user`.
    func has(_ more: Int, of user: UInt32, within limit: Int, perUser: Int) -> Bool {
        all + more <= limit && self[user] + more <= perUser
    }

    /// Takes so much more of `user`; what is negative is given back.
    mutating func add(_ more: Int, of user: UInt32) {
        all += more
        let sum = self[user] + more
        byUser[user] = sum == 0 ? nil : sum
    }
}

import Testing

@testable import Registry

@Suite("Replacing a token")
struct ReplacementTests {
    private let activatedOn = CalendarDate("2026-03-02")

    private func code(after days: Int, replacedBy: String? = nil, replaces: String? = nil) throws -> RefusalCode? {
        let activatedOn = try #require(activatedOn)
        let original = Replacement.Original(
            token: "T1",
            activatedOn: activatedOn,
            replacedBy: replacedBy,
            replaces: replaces
        )
        switch Replacement.check(original, on: activatedOn.adding(days: days)) {
        case .success: return nil
        case .failure(let refusal):
            #expect((refusal.rule, refusal.fact("token")) == (.r46, "T1"))
            return refusal.code
        }
    }

    @Test("R46: from the day of the activation through the thirtieth after it, and not outside")
    func days() throws {
        #expect(try code(after: -1) == .dateTooEarly)
        #expect(try code(after: 0) == nil)
        #expect(try code(after: 30) == nil)
        #expect(try code(after: 31) == .replacementNotAllowed)
    }

    @Test("R46: a token is replaced once, and a replacement never")
    func once() throws {
        #expect(try code(after: 1, replacedBy: "T2") == .tokenAlreadyReplaced)
        #expect(try code(after: 1, replaces: "T0") == .replacementNotAllowed)
    }

    @Test("R46: a token that is not redeemed needs no replacement")
    func unredeemed() throws {
        let original = Replacement.Original(token: "T1", activatedOn: nil, replacedBy: nil, replaces: nil)
        #expect {
            try Replacement.check(original, on: try #require(activatedOn)).get()
        } throws: { ($0 as? Refusal)?.code == .replacementNotAllowed }
    }
}

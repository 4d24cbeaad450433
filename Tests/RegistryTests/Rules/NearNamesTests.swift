import Testing

@testable import Registry

struct NearNamesTests {
    private let names = ["enrollment", "organization", "statement", "status", "sku", "seat"]

    @Test(
        "A slip of a letter or two finds the name",
        arguments: [("enrolment", ["enrollment"]), ("STATUSS", ["status"]), ("sk", ["sku"]), ("saet", ["seat"])]
    )
    func slips(_ name: String, _ expected: [String]) {
        #expect(nearNames(to: name, among: names) == expected)
    }

    @Test("A short name is near within one letter, a long one within three")
    func reach() {
        #expect(nearNames(to: "skuxx", among: names) == [])
        #expect(nearNames(to: "organixxxion", among: names) == ["organization"])
        #expect(nearNames(to: "orgaxxxxtion", among: names) == [])
    }

    @Test("The nearest come first, and no more than asked for; the name itself is none of them")
    func order() {
        #expect(
            nearNames(to: "abcdefgh", among: ["abcdefxy", "abcdefgx", "abcdefgh", "abcdefgy"], limit: 2) == [
                "abcdefgx", "abcdefgy",
            ]
        )
    }
}

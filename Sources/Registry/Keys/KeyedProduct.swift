/// What the rules for product keys tell products apart by.
public enum KeyedProduct: String, Choice {
    public static let summary = "What a product key installs."

    case windowsClient = "windows-client"
    case windowsServer = "windows-server"
    case officeClient = "office-client"
    case other

    /// Reads a product line such as `windows-client`, or a product's own name such as `Windows 8.1 Enterprise`.
    public init(of product: String) {
        let words = product.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
        let names = words.first == "microsoft" ? Array(words.dropFirst()) : words
        let second = names.dropFirst().first ?? ""
        self =
            switch names.first {
            case "windows" where second == "server": .windowsServer
            case "windows" where second.isEmpty: .windowsClient
            case "windows" where Self.clientEditions.contains(second): .windowsClient
            case "office", "visio", "project":
                names.contains(where: Self.notClients.contains) ? .other : .officeClient
            default: .other
            }
    }

    /// R24: whether an installation has to be activated, so that its keys carry a count.
    public var needsActivation: Bool { self != .other }

    private static let clientEditions: Set<String> = [
        "client", "xp", "vista", "7", "8", "8.1", "10", "11", "enterprise", "pro", "professional",
    ]

    /// Office servers and services are no client applications.
    private static let notClients: Set<String> = ["server", "365", "online", "communications"]
}

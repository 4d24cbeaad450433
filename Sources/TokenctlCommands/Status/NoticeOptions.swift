import ArgumentParser
import Registry
import RegistryAPI

/// What a command about notices takes: how far ahead it looks, and of what it tells.
struct NoticeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Tell what ends within this time, such as 90d or 8w (default: 90d).", valueName: "time"))
    var within: Days?

    @Option(help: ArgumentHelp("A SKU to leave out; may be repeated.", valueName: "sku"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp("Tell only this, such as seats-lapse; may be repeated.", valueName: "kind"),
        completion: .list(NoticeKind.allCases.map(\.rawValue))
    )
    var tell: [String] = []

    init() {}

    /// The fields of the request: what the command line says, else what is set.
    func fields(of organization: String?, _ settings: Settings) -> WireValue {
        var fields: WireValue = ["organization": organization]
        fields = fields.setting("within", to: within?.count ?? settings.number(.statusWithin))
        fields = fields.setting("maximum", to: settings.number(.statusMaximum))
        fields = fields.setting("idle", to: settings.number(.statusIdle))
        fields = fields.setting("keys", to: settings.number(.statusKeys))
        fields = fields.setting("replacement", to: settings.number(.statusReplacement))
        fields = fields.setting("ignore", to: ignore.isEmpty ? settings.list(.statusIgnore) : ignore)
        return fields.setting("tell", to: tell.isEmpty ? settings.list(.statusTell) : tell)
    }
}

extension Settings {
    /// A number as the configuration has it, with or without `d` or `%`.
    fileprivate func number(_ setting: Setting) -> Int? {
        self[setting].flatMap(Setting.number)
    }

    fileprivate func list(_ setting: Setting) -> [String]? {
        self[setting].map(Setting.list)
    }
}

extension Shell {
    /// What should be known of one organisation or of all: those that have notices, and how many have none.
    func notices(_ fields: WireValue) async throws -> (told: [OrganizationNoticesResource], silent: Int) {
        var told: [OrganizationNoticesResource] = []
        var silent = 0
        try await connect().pages(of: ListNotices.self, fields, options()) { page in
            told += page.items.filter { !$0.notices.isEmpty }
            silent += page.items.count { $0.notices.isEmpty }
        }
        return (told, silent)
    }
}

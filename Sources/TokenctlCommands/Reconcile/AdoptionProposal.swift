import CSV
import Crypto
import FoundationEssentials
import Glibc
import Registry
import RegistryAPI

/// What a tenant that has lived for years needs to be recorded, as files that the bulk commands take.
struct AdoptionProposal {
    let directory: String
    /// What the purchases are recorded as.
    let source: String
    let location: String?
    let purpose: String?
    /// In the order in which they were met.
    private var tenants: [String] = []
    private var parts: [String: Part] = [:]

    init(directory: String, source: String?, location: String?, purpose: String?) {
        self.directory = directory
        self.source = source ?? "bought earlier"
        self.location = location
        self.purpose = purpose
    }

    /// What one tenant needs, whatever files told it.
    fileprivate struct Part {
        var purchases: [SKUPartNumber: ReconciliationDifference] = [:]
        var assigned: Set<Holder> = []
        var released: Set<Holder> = []
        /// What no file can settle, each once.
        var before: [String] = []
        var left: [ReconciliationDifference] = []
    }

    fileprivate struct Holder: Hashable, Comparable {
        let sku: SKUPartNumber
        let user: UserPrincipalName

        static func < (left: Holder, right: Holder) -> Bool { (left.sku, left.user) < (right.sku, right.user) }
    }

    mutating func add(_ answer: ReconciliationResource) {
        let tenant = answer.tenantDomain.value
        if parts[tenant] == nil { tenants.append(tenant) }
        var part = parts[tenant] ?? Part()
        for difference in answer.differences {
            switch difference.settlement {
            case .addSubscription: part.add(purchase: difference)
            case .assign, .release:
                guard let sku = difference.skuPartNumber else { continue }
                let holders = difference.userPrincipalNames.map { Holder(sku: sku, user: $0) }
                if difference.settlement == .assign {
                    part.assigned.formUnion(holders)
                } else {
                    part.released.formUnion(holders)
                }
            case .setTenantID, .redeem, .signUp, .importSKUs:
                let command = SettlingCommand(difference, user: nil, answer).text
                if !part.before.contains(command) { part.before.append(command) }
            case .compareUsers, .review: part.left.append(difference)
            }
        }
        parts[tenant] = part
    }

    /// Writes the files, whole ones, that nobody else can read: they name users.
    /// - Throws: `Refusal` with `file.unwritable`.
    func write() throws -> AdoptionReport {
        if access(directory, F_OK) != 0 {
            do {
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            } catch {
                throw Refusal.cannotWriteFile(directory)
            }
        }
        var report = AdoptionReport()
        for tenant in tenants {
            guard let part = parts[tenant] else { continue }
            report.steps += part.before
            report.left += part.left.map { "\(tenant): \($0.detail)" }
            let purchases = part.purchases.values.sorted {
                ($0.skuPartNumber?.key ?? "") < ($1.skuPartNumber?.key ?? "")
            }
            try report.add(
                try file(
                    "subscriptions",
                    of: tenant,
                    ["tenant", "sku", "seats", "source", "ends", "on"],
                    rows(purchases, tenant)
                ),
                "tenant add-subscription"
            )
            try report.add(
                try file(
                    "assign",
                    of: tenant,
                    ["user", "tenant", "sku", "location", "purpose"],
                    part.assigned.sorted().map { [$0.user.value, tenant, $0.sku.text, location ?? "", purpose ?? ""] }
                ),
                "seat assign"
            )
            try report.add(
                try file(
                    "release",
                    of: tenant,
                    ["user", "tenant", "sku"],
                    part.released.sorted().map { [$0.user.value, tenant, $0.sku.text] }
                ),
                "seat release"
            )
        }
        return report
    }

    /// A row for each purchase that the export dates, else one for all the seats.
    private func rows(_ purchases: [ReconciliationDifference], _ tenant: String) -> [[String]] {
        purchases.flatMap { difference -> [[String]] in
            let sku = difference.skuPartNumber?.text ?? ""
            guard difference.purchases.isEmpty else {
                return difference.purchases.map { purchase in
                    [
                        tenant, sku, String(purchase.seats), source, purchase.endsOn?.description ?? "",
                        purchase.startsOn?.description ?? "",
                    ]
                }
            }
            return [[tenant, sku, String(difference.seats ?? 0), source, "", ""]]
        }
    }

    /// Nil where there is nothing to write, and no file of an earlier proposal to empty.
    private func file(
        _ name: String,
        of tenant: String,
        _ columns: [String],
        _ rows: [[String]]
    ) throws -> AdoptionReport.File? {
        let separator = directory.hasSuffix("/") ? "" : "/"
        let path = "\(directory)\(separator)\(tenant)-\(name).csv"
        guard !rows.isEmpty || access(path, F_OK) == 0 else { return nil }
        let writer = CSVWriter(forExcel: false)
        var bytes: [UInt8] = []
        writer.begin(&bytes)
        writer.append(columns, to: &bytes)
        for row in rows { writer.append(row, to: &bytes) }
        try ReplacedFile.write(String(decoding: bytes, as: UTF8.self), to: path, mode: 0o600)
        guard !rows.isEmpty else { return nil }
        let digest = SHA256.hash(data: bytes).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return AdoptionReport.File(path: path, rows: rows.count, digest: digest)
    }
}

extension AdoptionProposal.Part {
    /// Several files may tell of the same seats: who counts them knows better than who lists users.
    fileprivate mutating func add(purchase difference: ReconciliationDifference) {
        guard let sku = difference.skuPartNumber else { return }
        if let known = purchases[sku] {
            let isBetter =
                (known.purchases.isEmpty && !difference.purchases.isEmpty)
                || (known.reported == nil && difference.reported != nil)
                || (known.reported == nil && difference.reported == nil && (known.seats ?? 0) < (difference.seats ?? 0))
            guard isBetter else { return }
        }
        purchases[sku] = difference
    }
}

/// The files of a proposal, and what to run, in order.
struct AdoptionReport: Encodable {
    var files: [File] = []
    /// Commands, in the order in which they have to be run.
    var steps: [String] = []
    /// What is to be decided, for which no command is proposed.
    var left: [String] = []

    struct File: Encodable {
        let path: String
        let rows: Int
        fileprivate let digest: String

        private enum CodingKeys: CodingKey {
            case path
            case rows
        }
    }

    /// The idempotency key lets a file be recorded once, however often the command is run.
    fileprivate mutating func add(_ file: File?, _ command: String) throws {
        guard let file else { return }
        files.append(file)
        steps.append(
            "tokenctl \(command) --file \(ShellWord.quoted(file.path)) --yes --idempotency-key adopt-\(file.digest)"
        )
    }

    func print(in shell: Shell) {
        switch shell.global.format {
        case .json: shell.terminal.write(Printer.json(self) + "\n")
        case .ndjson: shell.terminal.write(Printer.compactJSON(self) + "\n")
        case .csv, .table: shell.terminal.write(steps.map { $0.escaped + "\n" }.joined())
        }
        for file in files { shell.note("Wrote \(counted(file.rows, "row")) to \(file.path).") }
        shell.note(
            steps.isEmpty
                ? "There is nothing to record."
                : "Look at the files, then run the commands in this order, and reconcile again."
        )
        for detail in left { shell.notice("To be decided: \(detail)") }
    }
}

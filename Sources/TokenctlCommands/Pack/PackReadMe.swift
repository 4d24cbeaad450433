import ProgramVersion
import Registry
import RegistryReports

/// What is in a pack, and how it is checked, for whoever was handed it.
struct PackReadMe {
    let statement: StatementResource
    let ledger: LedgerExport
    let at: Instant

    var text: String {
        """
        Compliance pack of \(statement.organizationId) as of \(statement.asOf)
        Made at \(at.description.prefix(19))Z by tokenctl \(Version.current)

        statement.html    the licence statement, to look at or to print
        statement.csv     its figures by product line and country
        statement.json    all of it, for programs
        corrections.csv   what was corrected in the records, and why
        derivation.csv    how each figure comes about, with the rows of the ledger that it follows from
        timeline.csv      when seats were activated, and when they lapse
        ledger.ndjson     everything that was recorded of the organisation, row by row, each with a hash over all before it
        verify-ledger.py  a program that verifies the ledger; it needs Python 3, and nothing of tokenctl
        SHA256SUMS        the digest of every other file

        To check it:

            sha256sum --check SHA256SUMS
            python3 verify-ledger.py ledger.ndjson

        The second says "sound: \(ledger.rows) rows, head \(ledger.head)".
        If the organisation noted a head earlier ('tokenctl audit verify --org \(statement.organizationId)'), pass it as well:
        the program then also says whether the ledger still has every row that it had by then.

            python3 verify-ledger.py ledger.ndjson HEAD

        The format of the ledger is described in registry(5). tokenctl records; nothing here was asked of Microsoft.

        """.escapedLines
    }
}

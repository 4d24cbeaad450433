package import Registry

/// What stands below a statement's table.
package enum StatementText {
    package static func remarks(on statement: StatementResource) -> String {
        lines(on: statement, withTables: false).map { $0 + "\n" }.joined()
    }

    /// A sentence for each.
    /// - Parameter withTables: whether tables tell of the locations that share nothing and of users without a seat.
    package static func lines(on statement: StatementResource, withTables: Bool) -> [String] {
        let tokens = statement.tokens
        var lines = [
            "Tokens: \(tokens.unredeemed) unredeemed, \(tokens.redeemed) redeemed, \(tokens.void) void, "
                + "\(tokens.replaced) replaced."
        ]
        let later = statement.recordedLater + statement.correctedLater
        if later > 0 {
            lines.append(
                "\(later) \(later == 1 ? "entry" : "entries") of \(statement.asOf) or before \(later == 1 ? "was" : "were") "
                    + "recorded or corrected later; --known-on \(statement.asOf) shows what was known then."
            )
        }
        for product in statement.products {
            if product.clipped > 0 {
                lines.append(
                    "\(product.product): \(product.clipped) of \(product.earned) were not granted, since "
                        + (product.product == .azureCredit
                            ? "an organisation has one (R38)." : "a maximum was reached (R12).")
                )
            }
            if product.uncounted.demonstrationAndTraining > 0 {
                lines.append(
                    "\(product.product): \(product.uncounted.demonstrationAndTraining) in use for demonstration and "
                        + "training do not count (R06)."
                )
            }
            if product.uncounted.boughtOutside > 0 {
                lines.append(
                    "\(product.product): \(product.uncounted.boughtOutside) bought outside the programme do not count "
                        + "(R42)."
                )
            }
            for passed in product.limitsPassed {
                lines.append(
                    "\(product.product): use passes the \(passed.limit.rawValue)\(passed.country.map { " in \($0)" } ?? "") "
                        + "(\(passed.rule))."
                )
            }
        }
        for location in withTables ? [] : statement.apart {
            for product in location.products {
                lines.append(
                    "\(location.locationId) shares nothing (R03): of \(product.product) it has \(product.entitlement), "
                        + "uses \(product.used.total), and could use \(product.available) more."
                )
            }
        }
        for tenant in withTables ? [] : statement.tenants {
            for seats in tenant.seats where seats.unlicensedUnits > 0 {
                lines.append(
                    "\(tenant.tenantDomain): \(seats.unlicensedUnits) of \(seats.consumedUnits) users of "
                        + "\(seats.skuPartNumber) have no licensed seat (R32): "
                        + "\(seats.unlicensedUsers.prefix(5).map(\.value).joined(separator: ", "))"
                        + "\(seats.unlicensedUnits > 5 ? ", …" : "")."
                )
            }
        }
        for warning in statement.warnings {
            lines.append((warning.rule.map { "\($0): " } ?? "") + warning.detail)
        }
        return lines
    }
}

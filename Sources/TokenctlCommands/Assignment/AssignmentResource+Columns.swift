import RegistryAPI

extension AssignmentResource: Tabular {
    static var columns: [Column<AssignmentResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("organizationId", nil) { $0.organizationId },
            Column("userPrincipalName", "USER") { $0.userPrincipalName },
            Column("kind", "KIND") { $0.kind },
            Column("product", "PRODUCT", optional: { $0.product }),
            Column("skuPartNumber", "SKU", optional: { $0.skuPartNumber }),
            Column("tenantId", nil, optional: { $0.tenantId }),
            Column("tenantDomain", "TENANT", optional: { $0.tenantDomain }),
            Column("licenses", nil) { $0.licenses.joined(separator: " ") },
            Column("locationId", "LOCATION") { $0.locationId },
            Column("country", "COUNTRY") { $0.country },
            Column("purpose", "PURPOSE") { $0.purpose },
            Column("source", "SOURCE") { $0.source },
            Column("counted", "COUNTS") { $0.counted ? "yes" : "no" },
            Column("from", "FROM") { $0.from },
            Column("to", "TO", optional: { $0.to }),
        ]
    }
}

extension RecordedAssignmentResource: Tabular {
    static var columns: [Column<RecordedAssignmentResource>] {
        AssignmentResource.columns.map { column in
            Column(column.name, column.heading) { column.value($0.assignment) }
        } + [
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", "DRY RUN") { $0.dryRun ? "yes: nothing was written" : "no" },
        ]
    }
}

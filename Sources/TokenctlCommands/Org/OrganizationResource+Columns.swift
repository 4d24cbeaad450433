import RegistryAPI

extension OrganizationResource: Tabular {
    static var columns: [Column<OrganizationResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("name", "NAME") { $0.name },
            Column("country", "COUNTRY") { $0.country },
            Column("timeZone", "TIME ZONE") { $0.timeZone },
            Column("portal", "PORTAL") { $0.portal },
            Column("yearLength", "YEAR") { $0.yearLength },
            Column("anniversaryBasis", "ANNIVERSARY FROM") { $0.anniversaryBasis },
        ]
    }
}

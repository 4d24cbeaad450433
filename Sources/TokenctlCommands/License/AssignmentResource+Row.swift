import Registry

extension AssignmentResource: Row {
    static let rowStyle = RowStyle(
        headings: ["tenantDomain": "TENANT", "counted": "COUNTS"],
        hidden: ["organizationId", "tenantId", "licenses"],
        yielding: ["locationId", "from", "to", "source", "counted", "purpose", "country"]
    )
}

extension RecordedAssignmentResource: Row {
    static let rowStyle = AssignmentResource.rowStyle
}

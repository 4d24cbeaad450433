/// R18, R41: one user's change between the cloud and on-premises.
struct UserSwitch {
    let user: UserPrincipalName
    let organizationID: OrganizationID
    let destination: Destination
    /// Where the user works from then on; nil to stay.
    let locationID: LocationID?

    enum Destination {
        case cloud(TenantReference)
        case onPremises
    }
}

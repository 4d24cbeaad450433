/// What a request's field must look like, beyond its type. The use cases check it; here it is told.
enum OpenAPIConstraints {
    private static let identifier = JSONNode.text("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    private static let names: Set<String> = ["organization", "enrollment", "program", "location", "id"]
    private static let days: Set<String> = ["on", "asOf", "startsOn", "endsOn"]

    /// `schema` with the constraints of the field called `name`.
    static func adding(to name: String, _ schema: JSONNode) -> JSONNode {
        if names.contains(name) { return schema.adding("pattern", identifier) }
        if days.contains(name) { return schema.adding("format", "date") }
        switch name {
        case "token": return schema.adding("pattern", "^[Tt][1-9][0-9]{0,17}$")
        case "after": return schema.adding("description", "The last page's \"next\"; the list goes on after it.")
        case "limit": return schema.adding("minimum", 1).adding("maximum", 1_000)
        case "seats": return schema.adding("minimum", 1).adding("maximum", 1_000_000)
        case "country": return schema.adding("pattern", "^[A-Za-z]{2}$")
        case "tenant", "domain": return schema.adding("description", "A domain name, or a tenant's id.")
        case "tenantId": return schema.adding("format", "uuid")
        case "principal": return schema.adding("pattern", "^(user|group):[^:\\s]{1,64}$")
        case "permission":
            return schema.adding("enum", ["software", "cloud", "keys", "statement", "administrator"])
        case "code": return schema.adding("format", "password")
        case "name", "source", "competency": return schema.adding("minLength", 1).adding("maxLength", 200)
        default: return schema
        }
    }
}

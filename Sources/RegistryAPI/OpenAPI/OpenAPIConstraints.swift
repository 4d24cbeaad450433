/// What a request's field must look like, where its type does not say it. The use cases check it; here it is told.
enum OpenAPIConstraints {
    /// `schema` with the constraints of the field called `name`.
    static func adding(to name: String, _ schema: WireValue) -> WireValue {
        switch name {
        case "after": schema.setting("description", to: "The last page's \"next\"; the list goes on after it.")
        case "seats": schema.setting("minimum", to: 1).setting("maximum", to: 1_000_000)
        default: schema
        }
    }
}

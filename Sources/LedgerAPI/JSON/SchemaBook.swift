/// The named schemas of the description, each once.
struct SchemaBook {
    /// By name, in the order in which they were first met.
    private(set) var schemas: [Document.Member] = []
    private var names: Set<String> = []

    /// A reference to the schema of a name, which is made at the first one.
    mutating func reference(_ name: String, _ schema: (inout SchemaBook) -> Document) -> Document {
        if names.insert(name).inserted {
            let made = schema(&self)
            schemas.append(Document.Member(name: name, value: made))
        }
        return ["$ref": .text("#/components/schemas/\(name)")]
    }
}

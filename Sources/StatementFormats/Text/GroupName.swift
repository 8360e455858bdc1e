/// The name of a group of people (人群), as attestations, batches and rules write it.
package enum GroupName {
    /// Names that schemes share; a county may have others.
    static let common = ["minor", "elderly", "disabled", "migrant", "hardship", "rural"]

    /// The name itself, 1 to 32 bytes; one that looks like a common name misspelt is refused, for it would fit nobody.
    package static func check(_ text: String) throws(TextFault) -> String {
        let name = try TextLimit.channel.check(text)
        guard !common.contains(name), let meant = Suggestion.nearest(to: name, among: common) else {
            return name
        }
        throw TextFault(message: "is no group; did you mean “\(meant)”?", allowed: common)
    }
}

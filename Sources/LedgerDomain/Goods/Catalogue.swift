package import CBOR

/// 目录: what may be bought under a programme, with listed prices (明码标价); published once and never changed.
package struct Catalogue: Equatable, Sendable, Codable {
    /// Such as `2018年文化产品目录`; no two catalogues have one name.
    package var name: String
    package var items: [String: CatalogueItem]
}

/// One thing of a catalogue.
package struct CatalogueItem: CBORFields, Hashable, Sendable, Codable {
    /// Its code, such as an ISBN; 1 to 64 bytes.
    package var code = ""
    package var name = ""
    package var category = ""
    /// The most that it may cost.
    package var listed = Amount.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &code)
        try coder.field(2, &name)
        try coder.field(3, &category)
        try coder.field(4, &listed)
    }

    var isWellFormed: Bool {
        code.isOrderReference && name.isShortText && category.isShortText && listed >= .zero
            && listed <= .limit
    }
}

/// 对接验收包: requests in their order with the answers that belong to them, which whoever builds a client tries it with.
package enum AcceptanceKit {
    /// `Schema/acceptance.json` as it is.
    package static let json = String(decoding: PackageResources.acceptance_json, as: UTF8.self)
}

import LedgerDomain
import LedgerService

extension APIRequest {
    /// Whom a text names, an identity number or a platform's account; and the platform.
    func resident(_ text: String) throws -> (number: String, platform: String?) {
        guard text.contains(":") else {
            guard text.utf8.count == 18 else {
                throw FieldFault(
                    "resident", Sentence("身份证号为 18 位", "an identity number has 18 characters"))
            }
            return (text, caller.platform)
        }
        guard let account = PlatformAccount(text) else {
            throw FieldFault(
                "resident",
                Sentence("应为身份证号，或 平台:账号", "it must be an identity number, or platform:account"))
        }
        try caller.demand(platform: account.platform)
        return (try bindings.identityNumber(of: account, call), account.platform)
    }
}

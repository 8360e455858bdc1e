/// What can be set of a server: by a flag, by a variable of the environment, or by a line of a file, the earlier of these
/// before the later.
enum ServerSetting: String, CaseIterable {
    case data
    case host
    case port
    case rate
    case strangers
    case log
    case certificate
    case certificateKey = "certificate-key"
    case messages
    case messagesSecret = "messages-secret"
    case reminderDays = "reminder-days"
    case realName = "real-name"
    case realNameSecret = "real-name-secret"

    /// Its name in a file, and behind `--`.
    var name: String { rawValue }

    /// Its name in the environment, such as `WENHUI_CERTIFICATE_KEY`.
    var variable: String {
        ServerSetting.prefix + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// What every variable of ours begins with.
    static let prefix = "WENHUI_"

    /// Whether its value is nobody's business: it has no flag, for whoever lists processes sees those.
    var isSecret: Bool { self == .messagesSecret || self == .realNameSecret }
}

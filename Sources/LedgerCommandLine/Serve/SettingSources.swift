import Configuration
import Foundation
import StatementFormats

/// Where a server's settings come from: flags before the environment before a file.
struct SettingSources {
    /// A value and where it stands, as a message names the place.
    struct Found {
        var text: String
        var place: String
    }

    private let flags: ConfigReader
    private let environment: ConfigReader
    private let file: ConfigReader
    private let path: String
    private let entries: [String: SettingsFile.Entry]

    /// - Parameters:
    ///   - path: of the file, where there is one.
    /// - Throws: what is wrong with the file, or a variable that nobody asked for, with what may have been meant.
    init(
        flags: [ServerSetting: String], environment: [String: String], file path: String?
    ) throws(CommandFailure) {
        try SettingSources.demandKnown(environment)
        entries = try path.map(SettingSources.entries) ?? [:]
        self.path = path ?? ""
        self.flags = SettingSources.reader(flags.map { ($0.key.name, $0.value) })
        self.environment = ConfigReader(
            provider: KeyMappingProvider(
                upstream: EnvironmentVariablesProvider(environmentVariables: environment),
                keyMapper: { $0.prepending(["wenhui"]) }))
        file = SettingSources.reader(entries.map { ($0.key, $0.value.text) })
    }

    /// What is set, and where; `nil` where it is left to us.
    subscript(setting: ServerSetting) -> Found? {
        let key = ConfigKey([setting.name])
        if let text = flags.string(forKey: key) { return Found(text: text, place: "--\(setting.name)") }
        if let text = environment.string(forKey: key, isSecret: setting.isSecret) {
            return Found(text: text, place: setting.variable)
        }
        guard let text = file.string(forKey: key, isSecret: setting.isSecret) else { return nil }
        let line = entries[setting.name]?.line.map { ", line \($0)" } ?? ""
        return Found(text: text, place: "\(path)\(line), \(setting.name)")
    }

    private static func reader(_ values: [(name: String, text: String)]) -> ConfigReader {
        let pairs = values.map {
            (AbsoluteConfigKey([$0.name]), ConfigValue(.string($0.text), isSecret: false))
        }
        return ConfigReader(provider: InMemoryProvider(values: Dictionary(pairs) { $1 }))
    }

    private static func demandKnown(_ environment: [String: String]) throws(CommandFailure) {
        let known = ServerSetting.allCases.map(\.variable) + [SettingSources.fileVariable]
        let unknown = environment.keys.filter { $0.hasPrefix(ServerSetting.prefix) && !known.contains($0) }
        guard !unknown.isEmpty else { return }
        let sentences = unknown.sorted().map {
            Suggestion.sentence("the environment's \($0) is no setting", for: $0, among: known)
        }
        throw .usage(
            (sentences + ["settings: " + known.joined(separator: " ")]).joined(separator: "\n"))
    }

    /// Names the file where no flag does.
    static let fileVariable = ServerSetting.prefix + "CONFIG"

    private static func entries(of path: String) throws(CommandFailure) -> [String: SettingsFile.Entry] {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .usage("The settings in \(path) cannot be read: \(error.localizedDescription)")
        }
        do {
            return try SettingsFile(bytes, names: ServerSetting.allCases.map(\.name)).entries
        } catch {
            throw .usage("The settings in \(path) cannot be used:\n\(error.description)")
        }
    }
}

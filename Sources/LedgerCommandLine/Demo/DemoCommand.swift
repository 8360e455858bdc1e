import ArgumentParser

/// `wenhui demo`: a whole voucher season.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a whole voucher season on demonstration data.")
    func run() async throws {}
}

import ArgumentParser

/// `tools/bench`: measures this system and what bounds it, side by side in one run.
@main
struct WenhuiBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure, side by side in one run; ratios are what counts.",
        subcommands: [
            BookBench.self, GrowthBench.self, MixBench.self, HTTPBench.self, LogBench.self, TokenBench.self,
            SQLiteBench.self, ReconcileBench.self, ReportBench.self,
        ])
}

import ArgumentParser
import LedgerDomain
import LedgerService

/// Which funds pay, and in which proportion.
struct FundingOptions: ParsableArguments {
    @Option(name: .customLong("fund"), help: "FUND=WEIGHT, one to four times; shares follow the weights.")
    private var funds: [String]

    /// The weights as the ledger takes them.
    func weights(_ service: LedgerService) throws -> FundShares {
        var weights: [(FundID, Int64)] = []
        for text in funds {
            let parts = text.split(separator: "=")
            guard parts.count == 2, let weight = Int64(parts[1]) else {
                throw CommandFailure.usage("\(text) is not of the form FUND=WEIGHT, such as 1=60.")
            }
            weights.append((try service.identifier(String(parts[0])), weight))
        }
        guard let list = FundList(weights.map(\.0)) else {
            throw CommandFailure.usage("--fund names one to four different funds.")
        }
        return FundShares(list, Shares(fen: weights.map(\.1)))
    }
}

import ArgumentParser
import CBOR
import LedgerDomain
import LedgerService

/// What a cashier may say of a sale beside its bill.
struct SaleDetailOptions: ParsableArguments {
    @Option(help: "The branch.") var branch: String?
    @Option(name: .customLong("pos"), help: "The point of sale within the outlet.") var pointOfSale: String?
    @Option(help: "The cashier's number; never a name.") var cashier: String?
    @Option(help: "The number on the customer's receipt.") var receipt: String?
    @Option(help: "What was sold; the outlet's category.") var category: String?
    @Option(
        name: .customLong("item"), parsing: .singleValue,
        help:
            "One line of the sale: name,quantity,listed price,paid price, each in yuan; and its code in a catalogue."
    )
    var items: [String] = []

    @Option(name: .customLong("session"), help: "The session (场次) that is paid for, by its number.")
    var session: String?

    /// What was said; `nil` where nothing was.
    func details(in ledger: LedgerCode) throws -> SaleDetails? {
        let show = try session.map { text in
            do throws(IdentifierTextError) {
                return try SessionID(text: text, in: ledger)
            } catch {
                throw CommandFailure.usage("--session: \(error.sentence(ledger).english)")
            }
        }
        let sold = try items.map(SaleDetailOptions.item)
        let details = SaleDetails.with {
            $0.branch = branch
            $0.pointOfSale = pointOfSale
            $0.cashier = cashier
            $0.receipt = receipt
            $0.category = category
            if !sold.isEmpty { $0.items = sold }
            $0.session = show
        }
        return details == SaleDetails() ? nil : details
    }

    private static func item(_ text: String) throws -> SaleItem {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard (4...5).contains(parts.count), let quantity = UInt32(parts[1]), quantity > 0 else {
            throw CommandFailure.usage(
                "--item \(text): it is a name, a quantity, the listed and the paid price, such as 围城,1,36.00,30.00, and a code if it is of a catalogue."
            )
        }
        let listed = try Typed.amount(parts[2])
        let paid = try Typed.amount(parts[3])
        return .with {
            $0.name = parts[0]
            $0.quantity = quantity
            $0.listed = listed
            $0.paid = paid
            if parts.count == 5 { $0.code = parts[4] }
        }
    }
}

import LedgerDomain
import LedgerService
import LedgerStorage

extension LedgerService {
    /// An outlet by its platform id or number, and a terminal by its serial; no terminal where none is named.
    func till(outlet: String, terminal: String?) throws -> (OutletID, TerminalID) {
        let (outlets, terminals) = try state { ($0.outlets, $0.terminals) }
        let known = outlets.enumerated.first { $0.entity.platformID == outlet }?.id
        let isNumber = outlet.first == "O" || outlet.allSatisfy(\.isNumber)
        guard known != nil || isNumber else { throw ServiceError.notFound("outlet", outlet) }
        let outletID: OutletID = try known ?? identifier(outlet)
        var terminalID = TerminalID.none
        if let terminal {
            guard let found = terminals.enumerated.first(where: { $0.entity.serial == terminal }) else {
                throw ServiceError.notFound("terminal", terminal)
            }
            terminalID = found.id
        }
        return (outletID, terminalID)
    }
}

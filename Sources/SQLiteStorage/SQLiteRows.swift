import CBOR
import Foundation
import GRDB
import LedgerDomain
import LedgerStorage

/// Reads typed values out of rows; a value no enumeration knows means that the file is damaged.
extension Row {
    func id<Entity>(_ column: String) -> Identifier<Entity> { Identifier(self[column] as UInt32) }
    func amount(_ column: String) -> Amount { Amount(fen: self[column]) }
    func instant(_ column: String) -> Instant { Instant(microseconds: self[column]) }
    func day(_ column: String) -> BusinessDay { BusinessDay(days: self[column]) }
    func ledger(_ column: String) -> LedgerCode { LedgerCode(self[column] as UInt32) }

    func known<Value: RawRepresentable>(_ column: String) throws -> Value
    where Value.RawValue: DatabaseValueConvertible & StatementColumnConvertible {
        guard let value = Value(rawValue: self[column] as Value.RawValue) else { throw damaged(column) }
        return value
    }

    func digest(_ column: String) throws -> Digest128 {
        guard let digest = Digest128([UInt8](self[column] as Data)) else { throw damaged(column) }
        return digest
    }

    func octets(_ column: String) -> Octets { Octets([UInt8](self[column] as Data)) }

    func octetsIfAny(_ column: String) -> Octets? {
        (self[column] as Data?).map { Octets([UInt8]($0)) }
    }

    func principal(_ column: String) throws -> Principal {
        guard let principal = try principalIfAny(column) else { throw damaged(column) }
        return principal
    }

    func principalIfAny(_ column: String) throws -> Principal? {
        guard let name = self[column] as String? else { return nil }
        guard let principal = Principal(name) else { throw damaged(column) }
        return principal
    }

    func cbor<Value: CBORCodable>(_ column: String) throws -> Value {
        do {
            return try Value(cborBytes: [UInt8](self[column] as Data))
        } catch {
            throw damaged(column)
        }
    }

    func account(_ kind: String, _ owner: String) throws -> Account {
        Account(kind: try known(kind), owner: self[owner])
    }

    private func damaged(_ column: String) -> StorageError {
        .corrupt("the read model's column \(column) holds a value that nothing writes")
    }
}

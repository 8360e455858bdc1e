import LedgerEngine
import LedgerService
import LedgerStorage

extension ServiceError {
    /// An error of a lower layer in the words that edges know; any other as it is.
    static func meaning(_ error: any Error) -> any Error {
        switch error {
        case let fault as EngineFault: ServiceError.fault(fault)
        case let error as StorageError: ServiceError.storage(error)
        default: error
        }
    }
}

#if canImport(Glibc)
    import Glibc
#endif

/// How far a thread stands back for others where the processor is short (nice(2)); on Linux, where threads have it.
package struct Niceness: Sendable {
    private let value: Int32

    package static let none = Niceness(value: 0)
    /// For what many wait for, behind those who stand at a till.
    package static let some = Niceness(value: 5)
    /// For what takes its time anyhow.
    package static let much = Niceness(value: 10)

    private init(value: Int32) { self.value = value }

    /// Makes the calling thread, and what it starts from now on, stand back so far. It does what it can: nothing is wrong
    /// where it is not let.
    package func takeOn() {
        #if canImport(Glibc)
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, value)
        #endif
    }
}

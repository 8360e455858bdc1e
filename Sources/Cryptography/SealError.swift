/// Why sealing or opening failed.
package enum SealError: Error, Equatable, Sendable {
    case cannotSeal
    /// Another key, another context, or damaged bytes: which, no cipher says.
    case cannotOpen
}

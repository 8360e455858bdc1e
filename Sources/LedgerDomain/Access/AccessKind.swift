internal import CBOR

/// What happened at the door, as the log keeps it for whoever looks later.
package enum AccessKind: UInt8, CaseIterable, Sendable, CBORCodable {
    /// Roles were given or taken; only a grant writes it.
    case granted = 1
    /// An administrator lets an account choose a password and a second factor, for the first time or anew.
    case invited
    /// The account has done so.
    case enrolled
    case passwordChanged
    case signedIn
    case signInFailed
    /// Too many failures: nobody signs in for a while.
    case locked
    /// Somebody who was let in asked for what they may not do.
    case denied
    /// Personal data was shown in clear.
    case revealed
    case keyMade, keyRevoked
    /// A terminal got a code to enrol with, has enrolled its key, has been shut out.
    case terminalInvited, terminalEnrolled, terminalRevoked
    /// A cashier got a PIN for a terminal.
    case pinSet
    /// Somewhere outside is told of every event from now on, or no longer.
    case webhookMade, webhookRemoved
    /// A resident lets a platform's account act for them, and no longer.
    case bound, unbound

    /// Whether it is about a resident.
    package var isAboutResident: Bool { [.revealed, .bound, .unbound].contains(self) }

    /// The name that the interface uses.
    package var name: String {
        switch self {
        case .granted: "granted"
        case .invited: "invited"
        case .enrolled: "enrolled"
        case .passwordChanged: "password-changed"
        case .signedIn: "signed-in"
        case .signInFailed: "sign-in-failed"
        case .locked: "locked"
        case .denied: "denied"
        case .revealed: "revealed"
        case .keyMade: "key-made"
        case .keyRevoked: "key-revoked"
        case .terminalInvited: "terminal-invited"
        case .terminalEnrolled: "terminal-enrolled"
        case .terminalRevoked: "terminal-revoked"
        case .pinSet: "pin-set"
        case .webhookMade: "webhook-made"
        case .webhookRemoved: "webhook-removed"
        case .bound: "bound"
        case .unbound: "unbound"
        }
    }
}

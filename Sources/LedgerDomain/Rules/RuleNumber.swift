/// What names one version of one programme's rule, so that a credential and a till mean the same one.
///
/// The first version's number is the programme's own.
package struct RuleNumber: Hashable, Sendable {
    /// The most versions that a programme can have.
    package static let maximumVersions = 1 << 12

    package var programme: ProgrammeID
    package var version: UInt32

    package init(_ programme: ProgrammeID, version: UInt32) {
        self.programme = programme
        self.version = version
    }

    /// The programme in the lower twenty bits, the version above them.
    package var rawValue: UInt32 { version << 20 | programme.rawValue }
}

import CBOR
import LedgerDomain
import StatementFormats

/// The groups that follow from an identity number's date of birth, so that nobody has to attest to them.
enum AgeGroup {
    /// 未成年人: under eighteen.
    static let minor = Claimant.minor
    /// 老年人: sixty and older (老年人权益保障法, Article 2).
    static let elderly = "elderly"

    /// Both names: they are never attested by hand.
    static let all: Set<String> = [minor, elderly]

    /// The age groups that a number's holder belongs to at `instant`.
    static func attested(_ number: String, at instant: Instant) -> [AttestedGroup] {
        guard let identity = try? IdentityNumber(number, practice: true) else { return [] }
        let today = instant.calendarDay
        var groups: [AttestedGroup] = []
        if let majority = identity.birthDate.birthday(18), today < majority {
            groups.append(group(minor, until: majority))
        }
        if let sixty = identity.birthDate.birthday(60), let end = identity.birthDate.birthday(150),
            today >= sixty
        {
            groups.append(group(elderly, until: end))
        }
        return groups
    }

    private static func group(_ name: String, until day: BusinessDay) -> AttestedGroup {
        .with {
            $0.group = name
            $0.until = day.start
            $0.evidence = "identity number"
        }
    }
}

extension BusinessDay {
    /// The birthday with which somebody born on this day becomes so old; who was born on 29 February, on 1 March.
    fileprivate func birthday(_ age: Int) -> BusinessDay? {
        let born = civil
        return BusinessDay(year: born.year + age, month: born.month, day: born.day)
            ?? BusinessDay(year: born.year + age, month: 3, day: 1)
    }
}

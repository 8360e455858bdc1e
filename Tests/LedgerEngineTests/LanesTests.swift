import LedgerDomain
import LedgerEngine
import Testing

@Suite("What waits for the writer")
struct LanesTests {
    private let now = ContinuousClock.now

    private func submission(_ seconds: Int) -> Submission {
        Submission([], since: now - .seconds(seconds)) { _ in }
    }

    @Test("Tills and claims give up after four seconds, offices never; who came later stays")
    func patience() {
        var lanes = Lanes()
        for (lane, waits) in [(Lane.till, [5, 3]), (.claim, [5, 3]), (.office, [10_000])] {
            for wait in waits {
                let isTaken = lanes.append(submission(wait), to: lane)
                #expect(isTaken)
            }
        }
        let late = lanes.takeLate(at: now)
        let none = lanes.takeLate(at: now)
        let rest = lanes.takeGroup(limit: 100)
        #expect(late.count == 2 && none.isEmpty)
        // An empty submission adds nothing to a group's size, so everything is taken.
        #expect(rest.count == 3)
    }

    @Test("A full lane takes no more, and the others still do")
    func capacity() {
        var lanes = Lanes()
        var taken = 0
        while lanes.append(submission(0), to: .claim) { taken += 1 }
        #expect(taken == 16_384)
        let isTaken = lanes.append(submission(0), to: .till)
        #expect(isTaken)
    }
}

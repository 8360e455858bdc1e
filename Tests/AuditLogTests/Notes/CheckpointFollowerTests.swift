import AuditLog
import Cryptography
import Testing

@Suite("Following a log")
struct CheckpointFollowerTests {
    @Test("a follower advances with a proof and says so")
    func advancing() throws {
        let log = try SampleLog(count: 9)
        var follower = CheckpointFollower(origin: log.known.origin)
        #expect(follower.follow(log.checkpoint(0)) == .unchanged(log.head(0)))
        #expect(follower.follow(log.checkpoint(3)) == .advanced(from: log.head(0), to: log.head(3)))
        #expect(follower.follow(log.checkpoint(3)) == .unchanged(log.head(3)))
        for (first, second) in [(3, 4), (4, 8), (8, 9)] {
            #expect(
                follower.follow(log.checkpoint(second), proof: log.consistency(first, second))
                    == .advanced(from: log.head(first), to: log.head(second)))
        }
        #expect(follower.last == log.checkpoint(9))
        #expect(CheckpointFollower(after: log.checkpoint(9)) == follower)
    }

    @Test("an older checkpoint is a rollback, whatever proof comes with it")
    func rollback() throws {
        let log = try SampleLog(count: 9)
        var follower = CheckpointFollower(after: log.checkpoint(9))
        for size in 0..<9 {
            #expect(
                follower.follow(log.checkpoint(size), proof: log.consistency(size, 9))
                    == .rollback(from: log.head(9), to: log.head(size)))
        }
        #expect(follower.last == log.checkpoint(9))
    }

    @Test("another history is a fork, and what was seen stays")
    func forks() throws {
        let log = try SampleLog(count: 9)
        var forked = log
        forked.entries[2] = utf8("another entry")
        var follower = CheckpointFollower(after: log.checkpoint(5))
        #expect(follower.follow(forked.checkpoint(5)) == .fork(.otherRoot))
        #expect(
            follower.follow(forked.checkpoint(9), proof: forked.consistency(5, 9)) == .fork(.otherBeginning))
        #expect(follower.follow(forked.checkpoint(9), proof: log.consistency(5, 9)) == .fork(.otherBeginning))
        var damaged = log.consistency(5, 9).path
        damaged[0] = .empty
        #expect(
            follower.follow(log.checkpoint(9), proof: ConsistencyProof(first: 5, second: 9, path: damaged))
                == .fork(.otherBeginning))
        #expect(follower.last == log.checkpoint(5))
        var fresh = CheckpointFollower(origin: log.known.origin)
        let otherEmpty = log.signer.checkpoint(TreeHead(size: 0, root: .leaf([])))
        #expect(fresh.follow(otherEmpty) == .fork(.otherRoot))
    }

    @Test("a larger tree without a proof between exactly these sizes is unproven")
    func unproven() throws {
        let log = try SampleLog(count: 9)
        var follower = CheckpointFollower(after: log.checkpoint(5))
        #expect(follower.follow(log.checkpoint(9)) == .unproven)
        #expect(follower.follow(log.checkpoint(9), proof: log.consistency(4, 9)) == .unproven)
        #expect(follower.follow(log.checkpoint(9), proof: log.consistency(5, 8)) == .unproven)
        #expect(follower.last == log.checkpoint(5))
    }

    @Test("another log's checkpoint is foreign")
    func foreign() throws {
        let (log, other) = (try SampleLog(count: 5), try SampleLog("wenhui/370783", seed: 2, count: 9))
        var follower = CheckpointFollower(after: log.checkpoint(5))
        #expect(
            follower.follow(other.checkpoint(9), proof: other.consistency(5, 9))
                == .foreign(other.known.origin))
    }
}

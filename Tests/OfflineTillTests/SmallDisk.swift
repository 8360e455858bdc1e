import Foundation

/// A very small disk in memory, which only root can mount.
final class SmallDisk {
    let path: String

    /// Whether this process may mount one.
    static var isPossible: Bool { geteuid() == 0 && SmallDisk(kilobytes: 16) != nil }

    /// `nil` where none can be mounted.
    init?(kilobytes: Int) {
        path = FileManager.default.temporaryDirectory.appending(path: "till-disk-\(UUID().uuidString)").path
        guard mkdir(path, 0o700) == 0 else { return nil }
        guard SmallDisk.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "none", path]) else {
            rmdir(path)
            return nil
        }
    }

    deinit {
        _ = SmallDisk.run("/bin/umount", ["-l", path])
        rmdir(path)
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

import AuditLog
import Foundation
import LedgerHTTP
import LedgerService

/// A log as it was published, in a folder or at an address.
enum PublishedLog: TileSource {
    case folder(String)
    case site(LogSite)

    /// Why a file cannot be had.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter token: the file that holds an auditor's token, for an address.
    init(_ place: String, tokenFile: String?) throws {
        guard place.contains("://") else {
            guard FileManager.default.fileExists(atPath: "\(place)/\(LogFileName.checkpoint)") else {
                throw CommandFailure.usage(
                    "\(place) is no published log: there is no \(LogFileName.checkpoint) in it.")
            }
            self = .folder(place)
            return
        }
        let token = try tokenFile.map {
            String(decoding: try readFile($0), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let url = URL(string: place), let site = LogSite(url, token: token) else {
            throw CommandFailure.usage("\(place) is no address of a log; it begins with https:// or http://.")
        }
        self = .site(site)
    }

    func bytes(of tile: Tile) throws(Failure) -> [UInt8]? { try file(tile.path) }

    /// A file of the log; `nil` when there is no such file.
    func file(_ name: String) throws(Failure) -> [UInt8]? {
        switch self {
        case .folder(let folder):
            return FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
        case .site(let site):
            do {
                return try site.file(name)
            } catch {
                throw Failure(description: error.description)
            }
        }
    }

    /// The checkpoint that is shown now.
    func checkpoint() throws -> [UInt8] {
        guard let note = try file(LogFileName.checkpoint) else {
            throw AuditFault.file(LogFileName.checkpoint, "it is missing")
        }
        return note
    }

    /// Files of a folder that belong to no tree of this size, or are shorter forms of tiles that say something
    /// else: every file that is there must be the log's.
    func strayFile(size: UInt64) throws -> AuditFault? {
        guard case .folder(let folder) = self,
            let files = FileManager.default.enumerator(atPath: "\(folder)/tile")
        else { return nil }
        for case let name as String in files {
            var isFolder: ObjCBool = false
            let path = "tile/\(name)"
            guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            guard let tile = Tile(path: path), tile.isPart(ofTreeOf: size) else {
                return .file(path, "it is no file of a log of \(size) events")
            }
            guard tile.isPartial else { continue }
            // What this tree has there is verified; an earlier, shorter form must be its beginning.
            let count = tile.kind == .entries ? size : nil
            let width = min(256, (count ?? tile.kind.count(in: size)) - tile.index * 256)
            let whole = try file(Tile(tile.kind, index: tile.index, width: Int(width)).path) ?? []
            guard let part = try file(path), whole.starts(with: part) else {
                return .file(path, "it is not the beginning of what the log has there")
            }
        }
        return nil
    }
}

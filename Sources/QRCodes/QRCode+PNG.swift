import CPNG

extension QRCode {
    /// The code with its quiet zone as a PNG (ISO/IEC 15948) of two colours, one bit a pixel.
    ///
    /// A module is `scale` pixels wide, at most 64.
    package func png(scale: Int = 8) -> [UInt8] {
        precondition((1...64).contains(scale))
        let width = (side + 2 * QRCode.quietZone) * scale
        let pixels = self.pixels(scale: scale, width: width)
        // Longer than any: the file's frame, and pixels that do not compress at all.
        return [UInt8](unsafeUninitializedCapacity: pixels.count / 4 + 1024) { buffer, count in
            count = QRCode.encode(pixels, width: width, into: buffer)
        }
    }

    /// The pixels row by row, a byte each: 0 for white and 1 for black.
    private func pixels(scale: Int, width: Int) -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * width)
        for row in -QRCode.quietZone..<side + QRCode.quietZone {
            let start = pixels.count
            for column in -QRCode.quietZone..<side + QRCode.quietZone {
                pixels.append(contentsOf: repeatElement(self[column, row] ? 1 : 0, count: scale))
            }
            let line = pixels[start...]
            for _ in 1..<scale { pixels.append(contentsOf: line) }
        }
        return pixels
    }

    private static func encode(
        _ pixels: [UInt8], width: Int, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(width)
        image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_COLORMAP)
        image.colormap_entries = 2
        let colours: [UInt8] = [255, 255, 255, 0, 0, 0]
        var count = buffer.count
        let isDone = png_image_write_to_memory(&image, buffer.baseAddress, &count, 0, pixels, 0, colours)
        precondition(isDone != 0, "libpng could not write an image into memory")
        return count
    }
}

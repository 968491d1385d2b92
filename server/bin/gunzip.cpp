#include "bin/gunzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace fx::bin {
namespace {

class Inflater {
 public:
  Inflater() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (::inflateInit2(&stream_, gzip_only) != Z_OK) throw std::runtime_error("cannot unpack: no memory");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream_); }

  std::string all(std::string& bytes, std::size_t most) {
    stream_.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::size_t done = 0;
    for (;;) {
      if (done > most) throw std::runtime_error("holds too much when unpacked; cut it into parts");
      out.resize(done + (1UL << 20));
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + done);
      stream_.avail_out = 1U << 20;
      const int state = ::inflate(&stream_, Z_NO_FLUSH);
      done = out.size() - stream_.avail_out;
      if (state == Z_STREAM_END && stream_.avail_in == 0) break;
      // A gzip file may be several, one behind the other.
      if (state == Z_STREAM_END ? ::inflateReset(&stream_) != Z_OK : state != Z_OK)
        throw std::runtime_error("is broken as a gzip file");
    }
    out.resize(done);
    return out;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string unpacked(std::string bytes, std::size_t most) {
  if (!bytes.starts_with("\x1F\x8B")) return bytes;
  return Inflater().all(bytes, most);
}

}  // namespace fx::bin

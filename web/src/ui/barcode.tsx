import { code128Widths } from './code128';

/** A Code 128 as SVG, with the quiet zones a reader needs and the text below it. */
export function Code128({ text, height = 40 }: { text: string; height?: number }) {
  const quiet = 10;
  let at = quiet;
  const bars: { x: number; width: number }[] = [];
  code128Widths(text).forEach((width, index) => {
    if (index % 2 === 0) bars.push({ x: at, width });
    at += width;
  });
  const total = at + quiet;
  return (
    <svg
      width={total * 1.4}
      height={height + 16}
      viewBox={`0 0 ${String(total)} ${String(height + 16)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      <rect width={total} height={height + 16} fill="#fff" />
      {bars.map((bar) => (
        <rect key={bar.x} x={bar.x} y={2} width={bar.width} height={height} fill="#000" />
      ))}
      <text
        x={total / 2}
        y={height + 13}
        textAnchor="middle"
        fontSize="11"
        fontFamily="monospace"
        fill="#000"
      >
        {text}
      </text>
    </svg>
  );
}

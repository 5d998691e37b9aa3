const ink = { stroke: 'currentColor', fill: 'none', strokeWidth: 2.5 } as const

/** A drawing of what a simulated world makes, told by its source; a plain part where it is not known. */
export function WorldPicture({ source }: { source: string }) {
  return (
    <svg viewBox="0 0 160 100" aria-hidden style={{ display: 'block', width: '100%', height: '100%' }}>
      {/plate/i.test(source) ? <Plate /> : /cap|label/i.test(source) ? <Cap /> : /weave|woven|textile|texture|fabric/i.test(source) ? <Weave /> : <rect x="40" y="20" width="80" height="60" rx="6" {...ink} />}
    </svg>
  )
}

function Plate() {
  return (
    <g {...ink}>
      <rect x="26" y="12" width="108" height="76" rx="8" fill="currentColor" fillOpacity="0.12" />
      <circle cx="80" cy="50" r="20" />
      {[42, 118].flatMap((x) => [27, 73].map((y) => <circle key={`${x},${y}`} cx={x} cy={y} r="6" />))}
      <path d="M100 62l14 -7" strokeWidth="1.5" />
    </g>
  )
}

function Cap() {
  return (
    <g {...ink}>
      <circle cx="80" cy="50" r="40" fill="currentColor" fillOpacity="0.12" strokeDasharray="5 2.4" strokeWidth="5" />
      <circle cx="80" cy="50" r="30" />
      <path d="M62 42h36M62 50h24M92 50h6M62 58h30" strokeWidth="4" />
    </g>
  )
}

function Weave() {
  const at = [0, 1, 2, 3, 4, 5, 6]
  return (
    <g {...ink} strokeWidth="7" strokeLinecap="round">
      {at.flatMap((column) =>
        at.slice(0, 5).map((row) => {
          const [x, y] = [29 + column * 17, 16 + row * 17]
          return (column + row) % 2 ? <path key={`${column},${row}`} d={`M${x - 6} ${y}h12`} opacity="0.85" /> : <path key={`${column},${row}`} d={`M${x} ${y - 6}v12`} opacity="0.35" />
        }),
      )}
    </g>
  )
}

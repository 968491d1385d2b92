/** A short chime, two for what is urgent. Browsers stay silent until the first click on the page; that is theirs to say. */
let context: AudioContext | undefined;

export function chime(urgent: boolean): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  try {
    context ??= new AudioContext();
    const tones = urgent ? [880, 660, 880, 660] : [660];
    tones.forEach((pitch, at) => note(pitch, at * 0.22));
  } catch {
    // No sound device: the count in the header and the browser's own notification remain.
  }
}

function note(pitch: number, after: number) {
  if (!context) return;
  const from = context.currentTime + after;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, from);
  volume.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.2);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + 0.21);
}

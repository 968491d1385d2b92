/** The second way in: the camera reads QR and Code 128 on the device itself; no picture leaves it or is kept. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

prepareZXingModule({ overrides: { locateFile: (path: string) => `/wasm/${path}` } });

const everyMs = 150;
/** The same label held before the camera is one scan. */
const againMs = 2_500;

export default function Camera({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [isMissing, setMissing] = useState(false);
  const tell = useRef(onText);
  tell.current = onText;

  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const canvas = document.createElement('canvas');
    const seen = { text: '', at: 0 };
    const look = async () => {
      const source = video.current;
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (!source || !pen || source.videoWidth === 0) return;
      canvas.width = source.videoWidth;
      canvas.height = source.videoHeight;
      pen.drawImage(source, 0, 0);
      const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), {
        formats: ['QRCode', 'Code128'],
        maxNumberOfSymbols: 1,
      });
      const text = found[0]?.text;
      if (!text || (text === seen.text && performance.now() - seen.at < againMs)) return;
      seen.text = text;
      seen.at = performance.now();
      tell.current(text);
    };
    const run = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (isOver) return stream.getTracks().forEach((track) => track.stop());
      if (video.current) {
        video.current.srcObject = stream;
        await video.current.play();
      }
      while (!isOver) {
        await look().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    };
    run().catch(() => setMissing(true));
    return () => {
      isOver = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  if (isMissing) return <p role="alert">{t('site.no_camera')}</p>;
  return <video ref={video} className="camera" muted playsInline aria-label={t('site.camera')} />;
}

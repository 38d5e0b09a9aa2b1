import { takeFiles } from '../intake/take-files';
import { goTo } from '../route';
import { Camera } from './Camera';

/** The camera on the way to a protected photo. */
export function CameraScreen() {
  return <Camera onPhoto={(photo) => takeFiles([photo])} onClose={() => goTo('protect')} />;
}

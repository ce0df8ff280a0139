import { finish } from './finish.ts';
import { reportFailure } from './report-failure.ts';

await finish(process.env).catch(reportFailure);

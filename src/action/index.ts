import { main } from './main.ts';
import { reportFailure } from './report-failure.ts';

await main(process.env).catch(reportFailure);

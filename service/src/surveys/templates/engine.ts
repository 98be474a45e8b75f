// Renders templates of surveys (Liquid).
import { createTemplates } from '../../platform/text-files/create-templates.ts';

export const renderHtml = createTemplates('surveys/templates');
export const renderText = createTemplates('surveys/templates', 'none');

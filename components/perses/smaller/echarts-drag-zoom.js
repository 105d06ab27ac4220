// ECharts's toolbox with the one tool that Perses uses: zooming by dragging. Its own index brings four more. Modules of
// ECharts that it has no index for, hence no types.
import { install as installDataZoomSelect } from 'echarts/lib/component/dataZoom/installDataZoomSelect.js';
import DataZoom from 'echarts/lib/component/toolbox/feature/DataZoom.js';
import { registerFeature } from 'echarts/lib/component/toolbox/featureManager.js';
import ToolboxModel from 'echarts/lib/component/toolbox/ToolboxModel.js';
import ToolboxView from 'echarts/lib/component/toolbox/ToolboxView.js';
import { use } from 'echarts/core';

export function install(registers) {
  registers.registerComponentModel(ToolboxModel);
  registers.registerComponentView(ToolboxView);
  registerFeature('dataZoom', DataZoom);
  use(installDataZoomSelect);
}

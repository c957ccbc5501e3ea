<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Mean precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Mean recall</source>
        <translation>平均召回率</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>平均 F1</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>平均交并比</translation>
    </message>
    <message>
        <source>Area under ROC</source>
        <translation>ROC 曲线下面积</translation>
    </message>
    <message>
        <source>Area under PR</source>
        <translation>PR 曲线下面积</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>Root mean squared error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>平均绝对误差</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Mean residual</source>
        <translation>平均残差</translation>
    </message>
    <message>
        <source>Right places</source>
        <translation>正确的位置</translation>
    </message>
    <message>
        <source>Wholly right</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>This network has {count} inputs. Try samples of the data: one of your own has only one.</source>
        <translation>此网络有 {count} 个输入。请试用数据中的样本：自己的样本只有一个输入。</translation>
    </message>
    <message>
        <source>This network takes whole numbers without an Embedding: it has no gradient for them.</source>
        <translation>此网络直接接收整数而没有嵌入层，因此无法求梯度。</translation>
    </message>
    <message>
        <source>Grad-CAM looks at maps of a convolution, and this network has none.</source>
        <translation>Grad-CAM 需要卷积的特征图，而此网络没有卷积。</translation>
    </message>
    <message>
        <source>The maps of this convolution do not lie over the sample. Choose another one.</source>
        <translation>此卷积的特征图与样本不对应。请选择另一个卷积。</translation>
    </message>
    <message>
        <source>No layer of this network attends, so there is nothing to see here.</source>
        <translation>此网络没有注意力层，因此这里没有可显示的内容。</translation>
    </message>
    <message>
        <source>Too few samples to lay out: at least 4 are needed.</source>
        <translation>样本太少，无法排布：至少需要 4 个。</translation>
    </message>
    <message>
        <source>Nothing leaves this layer that could be laid out.</source>
        <translation>此层没有可以排布的输出。</translation>
    </message>
</context>
</TS>
